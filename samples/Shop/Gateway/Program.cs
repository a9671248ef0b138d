using Shop.Gateway.Services;

var builder = WebApplication.CreateBuilder(args);
builder.AddCloudNative();
builder.AddCloudNativeGateway();

var app = builder.Build();
app.MapServiceEndpoints();
app.MapCloudNative();
app.MapCloudNativeGateway();
app.Run();
