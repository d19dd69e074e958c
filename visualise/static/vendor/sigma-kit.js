export { default as Graph } from "graphology";
export { default as Sigma } from "sigma";
export { EdgeLineProgram, NodeCircleProgram, NodePointProgram } from "sigma/rendering";
export { NodeSquareProgram } from "@sigma/node-square";
