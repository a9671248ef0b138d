using Shop.Gateway.Services;

var builder = WebApplication.CreateBuilder(args);
builder.AddCloudNative();
builder.Services.AddCloudNativeConsul(); // Serves when it is named: --provider consul.
builder.AddCloudNativeGateway();

var app = builder.Build();
app.MapServiceEndpoints();
app.MapCloudNative();
app.MapCloudNativeGateway();
app.Run();
