using Shop.Catalog.Prices;
using Shop.Ordering;
using Shop.Ordering.Catalog;
using Shop.Ordering.Orders;
using Shop.Providers;

var builder = WebApplication.CreateBuilder(args);
builder.AddCloudNative(cloud => cloud.Events.UseSqliteOutbox(
    provider => provider.GetRequiredService<OrderingDatabase>().ConnectionString));
builder.Services.AddShopProviders();
builder.Services.AddProblemDetails();
builder.Services.AddValidation();
builder.Services.AddOrderingDatabase(builder.Configuration);
builder.Services.AddSingleton<OrderStore>();
builder.Services.AddSingleton<OrderChanges>();
builder.Services.AddSingleton<ChangeSignal>();
builder.Services.AddSingleton<OrderFeed>();
builder.Services.AddScoped<CatalogPrices>();
builder.Services.AddScoped<OrderPlacement>();

// "catalog" is the service's name, not a host, and "_grpc" one of its endpoints: an instance is picked for each call, and another
// one where that fails, because the contract says that asking twice does no harm.
builder.Services.AddCloudNativeGrpc();
builder.Services.AddGrpcClient<PriceList.PriceListClient>(client => client.Address = new Uri("http://_grpc.catalog"))
    .AddIdempotentMethods(PriceList.Descriptor);

var app = builder.Build();
app.UseExceptionHandler();
app.MapOrders();
app.MapOrderEvents();
app.MapAsyncApi();
app.MapCloudNative();
app.Run();
