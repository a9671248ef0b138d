using Shop.Gateway.Services;
using Shop.Providers;

var builder = WebApplication.CreateBuilder(args);
builder.AddCloudNative();
builder.Services.AddShopProviders();
builder.AddCloudNativeGateway();

var app = builder.Build();
app.MapServiceEndpoints();
app.MapCloudNative();
app.MapCloudNativeGateway();
app.Run();
