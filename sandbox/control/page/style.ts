export const style = `
*{box-sizing:border-box}
body{margin:0;font:14px/1.6 system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1f2329;background:#f5f6f7}
a{color:#3370ff;text-decoration:none}small{color:#646a73;font-weight:400}code{font-size:12px;color:#646a73;word-break:break-all}
.top{background:#fff;border-bottom:1px solid #dee0e3;padding:14px 20px 12px}
h1{font-size:20px;margin:0}h1 small{font-size:13px}.top>p{margin:2px 0 10px;color:#646a73}
h2{font-size:16px;margin:0 0 8px}h3{font-size:14px;margin:0 0 6px}h2 small,h3 small{font-size:12px}
.row{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin-top:8px}
label{display:inline-flex;gap:6px;align-items:center}
button,select,.button{font:inherit;color:#1f2329;background:#fff;border:1px solid #d0d3d6;border-radius:6px;padding:4px 12px;cursor:pointer}
button:hover,.button:hover{border-color:#3370ff;color:#3370ff}button:disabled{opacity:.5;cursor:wait}
button.primary{background:#3370ff;border-color:#3370ff;color:#fff}button.primary:hover{background:#245bdb;color:#fff}
button.danger{color:#d83931;border-color:#f3bcb8}.small{padding:2px 10px;font-size:13px;display:inline-block}
main{padding:14px 20px 40px;max-width:1680px;margin:0 auto}
.status{display:flex;flex-wrap:wrap;gap:4px 18px;margin:0 0 12px;color:#646a73}
.status .on:before,.status .off:before{content:"";display:inline-block;width:8px;height:8px;border-radius:50%;margin-right:6px;background:#34c724}
.status .off:before{background:#f54a45}.status .bad{color:#d83931}.lost .status .on:before{background:#8f959e}
.layout{display:grid;grid-template-columns:minmax(0,1fr) 330px;gap:16px;align-items:start}
.chats{display:grid;grid-template-columns:repeat(auto-fill,minmax(310px,1fr));gap:14px;align-items:start}
.chat,.panel{background:#fff;border:1px solid #dee0e3;border-radius:10px;padding:12px}
.side{display:grid;gap:14px}
.message{margin-top:10px}.message>small{display:block;margin-bottom:3px;font-size:12px}
.card{border:1px solid #dee0e3;border-radius:8px;overflow:hidden}
.card>header{padding:7px 12px;background:#eff0f1;display:flex;flex-wrap:wrap;gap:2px 6px;align-items:center}
.card>header small{flex-basis:100%;font-size:12px}
.card>.blue{background:#e1eaff}.card>.wathet{background:#d9f3fd}.card>.turquoise{background:#d5f6f2}.card>.green{background:#d9f5d6}
.card>.orange{background:#feead2}.card>.yellow{background:#faf1d1}.card>.red{background:#fde2e2}.card>.violet{background:#ece2fe}
.card .body{padding:8px 12px}.card p{margin:3px 0;overflow-wrap:anywhere}.card .note{font-size:12px;color:#8f959e}
.card hr{border:0;border-top:1px solid #eff0f1}
.columns{display:flex;gap:8px;align-items:center;margin:4px 0}.columns>div{flex:1;min-width:0}.columns>.auto{flex:none}
.columns.flow{flex-wrap:wrap}.columns.bisect{align-items:start}
.font-grey{color:#8f959e;font-size:12px}.font-red{color:#d83931}.font-green{color:#2ea121}.font-orange{color:#de7802}.font-blue{color:#245bdb}
.tag{font-size:12px;border-radius:4px;padding:0 6px;background:#eff0f1;color:#646a73}
.tag.blue{background:#c9daff;color:#133c9a}.tag.green{background:#b7edb1;color:#186010}.tag.red{background:#fbbfbc;color:#812520}
.tag.orange{background:#fed4a4;color:#7a3b0e}.tag.yellow{background:#f8e6ab;color:#6c4a0c}.tag.violet{background:#cdb2fa;color:#3f1f8f}.tag.turquoise{background:#a9efe6;color:#04605a}
.approval{border:1px solid #dee0e3;border-radius:8px;padding:8px 12px;margin-bottom:8px}
dl{display:grid;grid-template-columns:5em minmax(0,1fr);gap:0 8px;margin:4px 0}dt{color:#8f959e}dd{margin:0;overflow-wrap:anywhere}
summary{color:#3370ff;cursor:pointer;font-size:13px}.decided{margin:4px 0}
table{width:100%;border-collapse:collapse}td{padding:3px 0;border-top:1px solid #eff0f1;vertical-align:top}td:last-child{text-align:right}
.empty{color:#8f959e;margin:6px 0}.bubble{background:#f5f6f7;border-radius:8px;padding:6px 10px;margin:0}
#toast{position:fixed;left:50%;bottom:28px;transform:translate(-50%,20px);background:#1f2329;color:#fff;border-radius:8px;padding:9px 18px;opacity:0;pointer-events:none;transition:.2s;max-width:90vw}
#toast.shown{opacity:1;transform:translate(-50%,0)}#toast.error{background:#d83931}#toast.success{background:#2ea121}#toast.warning{background:#b26206}
@media(max-width:900px){.layout{grid-template-columns:minmax(0,1fr)}}
@media(max-width:520px){.top,main{padding-left:12px;padding-right:12px}.chats{grid-template-columns:minmax(0,1fr)}
.controls button,.controls select{min-height:38px}.controls .row>button{flex:1 1 30%;padding:4px 6px}.controls label{flex:1 1 100%}.controls label select{flex:1;min-width:0}
.card .small,.approval .small{padding:6px 14px}.layout{display:flex;flex-direction:column;align-items:stretch}.side{order:-1}.side .later{display:none}}
`
