using App._1.Catalog.Orders;
using App._1.Catalog.Products;

var builder = WebApplication.CreateBuilder(args);
builder.AddCloudNative();
builder.Services.AddProblemDetails();
builder.Services.AddSingleton<ProductStore>();

var app = builder.Build();
app.UseExceptionHandler();
app.MapProducts();
app.MapOrderEvents();
app.MapCloudNative();
app.Run();
