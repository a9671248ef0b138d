using CloudNative.Eventing;
using Shop.Providers;
using Shop.Shipping;
using Shop.Shipping.Events;
using Shop.Shipping.Shipments;

var builder = WebApplication.CreateBuilder(args);
builder.AddCloudNative(cloud => cloud.Events.UseSqliteOutbox(
    provider => provider.GetRequiredService<ShippingDatabase>().ConnectionString));
builder.Services.AddShopProviders();
builder.Services.AddProblemDetails();
builder.Services.AddValidation();
builder.Services.AddShippingDatabase(builder.Configuration);
builder.Services.AddSingleton<ShipmentStore>();
builder.Services.AddScoped<OrderShipping>();

var app = builder.Build();
app.UseExceptionHandler();
app.MapEvent("payments", (PaymentAccepted payment, OrderShipping shipping, EventContext context, CancellationToken cancellationToken) =>
    shipping.HandleAsync(payment, context, cancellationToken));
app.MapShipments();
app.MapAsyncApi();
app.MapCloudNative();
app.Run();
