import { writeCppSample } from "./cpp-sample.ts";
import { writeCurlSample } from "./curl-sample.ts";
import { writeDotnetSample } from "./dotnet-sample.ts";
import { writeGoSample } from "./go-sample.ts";
import { writeJavaSample } from "./java-sample.ts";
import { writeNodeSample } from "./node-sample.ts";
import { writePhpSample } from "./php-sample.ts";
import { writePythonSample } from "./python-sample.ts";
import { writeRubySample } from "./ruby-sample.ts";
import type { PreparedCall } from "./sample-call.ts";
import { writeTccliSample } from "./tccli-sample.ts";

/** One language that calls can be written in. */
export interface SampleLanguage {
  readonly id: string;
  /** As its users call it; the same in every language of the page. */
  readonly name: string;
  /** Where the code is usually kept. */
  readonly file: string;
  /** The command that installs the official client, or what to depend on; empty where nothing is needed. */
  readonly install: string;
  /** What {@link install} is. */
  readonly preparation: "install" | "dependency" | "compile";
  readonly write: (call: PreparedCall) => string;
}

/** The official clients, the command line and plain curl, in the order of the page. */
export const SAMPLE_LANGUAGES: readonly SampleLanguage[] = [
  {
    id: "python",
    name: "Python",
    file: "fuse.py",
    install: "pip install tencentcloud-sdk-python-facefusion",
    preparation: "install",
    write: writePythonSample,
  },
  {
    id: "java",
    name: "Java",
    file: "FaceloomSample.java",
    install: "com.tencentcloudapi:tencentcloud-sdk-java-facefusion",
    preparation: "dependency",
    write: writeJavaSample,
  },
  {
    id: "php",
    name: "PHP",
    file: "fuse.php",
    install: "composer require tencentcloud/facefusion",
    preparation: "install",
    write: writePhpSample,
  },
  {
    id: "go",
    name: "Go",
    file: "main.go",
    install: "go get github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/facefusion@latest",
    preparation: "install",
    write: writeGoSample,
  },
  {
    id: "node",
    name: "Node.js",
    file: "fuse.cjs",
    install: "npm install tencentcloud-sdk-nodejs",
    preparation: "install",
    write: writeNodeSample,
  },
  {
    id: "dotnet",
    name: ".NET",
    file: "Program.cs",
    install: "dotnet add package TencentCloudSDK.Facefusion",
    preparation: "install",
    write: writeDotnetSample,
  },
  {
    id: "cpp",
    name: "C++",
    file: "fuse.cpp",
    install:
      "g++ fuse.cpp -o fuse -ltencentcloud-sdk-cpp-core -ltencentcloud-sdk-cpp-facefusion -lcrypto",
    preparation: "compile",
    write: writeCppSample,
  },
  {
    id: "ruby",
    name: "Ruby",
    file: "fuse.rb",
    install: "gem install tencentcloud-sdk-facefusion",
    preparation: "install",
    write: writeRubySample,
  },
  {
    id: "tccli",
    name: "tccli",
    file: "fuse.sh",
    install: "pip install tccli",
    preparation: "install",
    write: writeTccliSample,
  },
  {
    id: "curl",
    name: "curl",
    file: "fuse.sh",
    install: "",
    preparation: "install",
    write: writeCurlSample,
  },
];
