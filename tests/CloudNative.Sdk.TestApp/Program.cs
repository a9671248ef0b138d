using CloudNative.Eventing;
using CloudNative.Sdk.TestApp;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddOpenApi();
builder.Services.AddSingleton<OrderStore>();
builder.AddCloudNative(cloud =>
{
    if (builder.Configuration.GetConnectionString(OrderStore.Name) is { } database)
    {
        cloud.Events.UseSqliteOutbox(database);
    }
});

var app = builder.Build();
app.MapOpenApi();
app.MapGet("/hello", () => "world");
app.MapPost("/orders", (OrderPlaced order, IEventPublisher events, CancellationToken cancellationToken) =>
    events.PublishAsync(order, null, cancellationToken));
app.MapPost("/orders/stored", (OrderPlaced order, OrderStore store, CancellationToken cancellationToken) =>
    store.PlaceAsync(order, cancellationToken));
app.MapEvent<OrderPlaced>("orders", (order, context, _) => app.Services.GetRequiredService<OrderStore>().Ship(order, context))
    .WithRetry(retry => retry.Immediate = 0);
app.MapAsyncApi();
app.MapCloudNative();
app.Run();
