using CloudNative.Eventing;
using EventWorker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddCloudNative(cloud => cloud.Events.AddJsonContext(EventJson.Default));
builder.Services.AddScoped<Receipts>();

var host = builder.Build();

// Any method: the event, then whatever it needs. Returning acknowledges the event, throwing asks for another attempt.
host.MapEvent("orders", (OrderPlaced order, Receipts receipts, CancellationToken cancellationToken) =>
    receipts.WriteAsync(order, cancellationToken));

await host.StartAsync();

// Acknowledged means on disk. The handler gets the event here or in any other process of this service.
var events = host.Services.GetRequiredService<IEventPublisher>();
await events.PublishAsync(new OrderPlaced(Number: 1, Total: 42.5m), options: null, CancellationToken.None);
Console.WriteLine("order 1 published");

await host.WaitForShutdownAsync();
