using System.Globalization;
using CloudNative.Eventing;
using CloudNative.Events.TestApp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Handles the event that it publishes, by the provider that CloudNative__Providers names.
var builder = Host.CreateApplicationBuilder(args);
builder.AddCloudNative(cloud => cloud.Events.AddJsonContext(EventJson.Default));
builder.Services.AddCloudNativePostgreSql().AddCloudNativeRabbitMq();
var host = builder.Build();
host.MapEvent("orders", (OrderPlaced order, EventContext context) =>
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"order {order.Number} of {order.Total:0.00} in attempt {context.Attempt}"))).InOrder();
await host.StartAsync();
await host.Services.GetRequiredService<IEventPublisher>()
    .PublishAsync(new OrderPlaced(1, 42.5m), new PublishOptions { Key = "1" }, CancellationToken.None);
await host.WaitForShutdownAsync();
