using Shop.Ordering;
using Shop.Ordering.Catalog;
using Shop.Ordering.Orders;

var builder = WebApplication.CreateBuilder(args);
builder.AddCloudNative(cloud => cloud.Events.UseSqliteOutbox(
    provider => provider.GetRequiredService<OrderingDatabase>().ConnectionString));
builder.Services.AddProblemDetails();
builder.Services.AddValidation();
builder.Services.AddOrderingDatabase(builder.Configuration);
builder.Services.AddSingleton<OrderStore>();
builder.Services.AddSingleton<OrderChanges>();
builder.Services.AddSingleton<ChangeSignal>();
builder.Services.AddSingleton<OrderFeed>();
builder.Services.AddScoped<OrderPlacement>();

// "catalog" is the service's name, not a host: an instance is picked for each attempt.
builder.Services.AddHttpClient<CatalogClient>(client => client.BaseAddress = new Uri("http://catalog"));

var app = builder.Build();
app.UseExceptionHandler();
app.MapOrders();
app.MapOrderEvents();
app.MapCloudNative();
app.Run();
