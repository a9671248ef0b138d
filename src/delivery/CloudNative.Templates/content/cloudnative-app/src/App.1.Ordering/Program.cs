using App._1.Ordering.Catalog;
using App._1.Ordering.Orders;

var builder = WebApplication.CreateBuilder(args);
builder.AddCloudNative();
builder.Services.AddProblemDetails();
builder.Services.AddValidation();
builder.Services.AddSingleton<OrderStore>();

// "catalog" is the name of a service, not of a host: each call goes to one of its instances, to another one where that fails.
builder.Services.AddHttpClient<CatalogClient>(client => client.BaseAddress = new Uri("http://catalog"));

var app = builder.Build();
app.UseExceptionHandler();
app.MapOrders();
app.MapCloudNative();
app.Run();
