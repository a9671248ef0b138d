using CloudNative.Eventing;
using Shop.Payments;
using Shop.Payments.Cards;
using Shop.Payments.Charging;
using Shop.Payments.Events;
using Shop.Providers;

var builder = WebApplication.CreateBuilder(args);
builder.AddCloudNative(cloud => cloud.Events.UseSqliteOutbox(
    provider => provider.GetRequiredService<PaymentsDatabase>().ConnectionString));
builder.Services.AddShopProviders();
builder.Services.AddProblemDetails();
builder.Services.AddValidation();
builder.Services.AddPaymentsDatabase(builder.Configuration);
builder.Services.AddSingleton<PaymentStore>();
builder.Services.AddScoped<OrderCharging>();
builder.Services.AddHttpClient<CardNetworkClient>(client => client.BaseAddress = new Uri("http://card-network"));

var app = builder.Build();
app.UseExceptionHandler();
app.MapEvent("orders", (OrderPlaced order, OrderCharging charging, EventContext context, CancellationToken cancellationToken) =>
    charging.HandleAsync(order, context, cancellationToken));
app.MapPayments();
app.MapAsyncApi();
app.MapCloudNative();
app.Run();
