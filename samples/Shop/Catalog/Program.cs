using Shop.Catalog;
using Shop.Catalog.Faults;
using Shop.Catalog.Prices;
using Shop.Catalog.Products;
using Shop.Providers;

var builder = WebApplication.CreateBuilder(args);
builder.AddCloudNative();
builder.Services.AddShopProviders();
builder.Services.AddCloudNativeGrpcServer();
builder.Services.AddProblemDetails();
builder.Services.AddValidation();
builder.Services.AddCatalogDatabase(builder.Configuration);
builder.Services.AddSingleton<ProductStore>();

var app = builder.Build();
app.UseExceptionHandler();
app.UseServedBy();
app.UseFaults();
app.MapProducts().WithMetadata(new Breakable());
app.MapGrpcService<PriceListService>().WithMetadata(new Breakable());
app.MapCloudNativeGrpc();
app.MapCloudNative();
app.Run();
