using Shop.Catalog;
using Shop.Catalog.Products;

var builder = WebApplication.CreateBuilder(args);
builder.AddCloudNative();
builder.Services.AddProblemDetails();
builder.Services.AddValidation();
builder.Services.AddCatalogDatabase(builder.Configuration);
builder.Services.AddSingleton<ProductStore>();

var app = builder.Build();
app.UseExceptionHandler();
app.UseServedBy();
app.MapProducts();
app.MapCloudNative();
app.Run();
