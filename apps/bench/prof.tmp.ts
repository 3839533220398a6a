import { serve } from "@openspeed/adapter-node"; import { createApp } from "@openspeed/core"; import {createServer} from "node:http"; import {z} from "zod";
const which=process.argv[2];
const U=z.object({name:z.string(),email:z.email(),age:z.int()});
if(which==="bare"){createServer((q,r)=>{ if(q.url==="/"){r.writeHead(200,{"content-type":"text/plain","content-length":5});r.end("hello");} else if(q.method==="POST"){let t="";q.setEncoding("utf8");q.on("data",c=>t+=c);q.on("end",()=>{const b=JSON.stringify(JSON.parse(t));r.writeHead(200,{"content-type":"application/json","content-length":Buffer.byteLength(b)});r.end(b)})} else {r.writeHead(404,{"content-type":"text/plain","content-length":9});r.end("not found")}}).listen(4111,"127.0.0.1");}
else{const app=createApp();app.get("/",()=>"hello");app.get("/users/:id",({params,query})=>({id:params.id,name:query["name"]}));app.post("/users",{body:U},({body})=>body);await serve(app,{port:4112,hostname:"127.0.0.1"});}
let last=process.cpuUsage();
process.on("message",()=>{const u=process.cpuUsage(last);last=process.cpuUsage();process.send!(u.user+u.system)});
