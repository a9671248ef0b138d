using System.Globalization;
using CloudNative.Eventing;
using CloudNative.RabbitMq;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;

namespace CloudNative.Benchmarks.Events;

/// <summary>
/// Publishing to a topic on RabbitMQ beside the official client by hand, as its documentation has it: each publisher with a channel of its
/// own, confirms tracked by the client, a batch sent before the first confirm is awaited, persistent and mandatory, to a quorum queue
/// with the same arguments. In turns, so that both have the same disk; queues are emptied in between.
/// </summary>
internal static class RabbitMqTable
{
    private const int Turns = 5;
    private const int Bytes = 256;
    private const string Exchange = "bench-raw";
    private const string Queue = "cn/orders/bench";

    private static readonly TimeSpan _turn = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(string address, TextWriter output)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(address) }.CreateConnectionAsync();
        await using var control = await connection.CreateChannelAsync();
        await DeclareAsync(control);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:rabbitmq"] = address;
        builder.Services.AddCloudNativeRabbitMq();
        using var host = builder.Build();
        var events = host.Services.GetRequiredKeyedService<IEventTransport>(RabbitMqProvider.Name);
        var group = new SubscriptionSpec { Topic = "orders", Group = "bench" };
        await (await events.SubscribeAsync(group, new ArrivalSink(), CancellationToken.None)).DisposeAsync();
        output.WriteLine("## Publishing to RabbitMQ, events a second");
        output.WriteLine();
        output.WriteLine("| publishers × batch | by hand | ours | ratio, median of turns |");
        output.WriteLine("|---|---|---|---|");
        foreach (var (publishers, batch) in new[] { (1, 1), (8, 1), (64, 1), (8, 10), (8, 100) })
        {
            await using var raw = await RawPublishers.OpenAsync(connection, Exchange, publishers);
            var turns = new List<(double Raw, double Ours)>();
            for (var turn = -1; turn < Turns; turn++)
            {
                var time = turn < 0 ? _turn / 4 : _turn;
                var byHand = await Publishers.RunAsync(publishers, time, () => raw.PublishAsync(batch, Bytes));
                await control.QueuePurgeAsync(Exchange);
                var ours = await Publishers.RunAsync(publishers, time, () => AppendAsync(events, batch));
                await control.QueuePurgeAsync(Queue);
                if (turn >= 0)
                {
                    turns.Add((byHand.Rate * batch, ours.Rate * batch));
                }
            }

            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {publishers} × {batch} | {Median(turns, turn => turn.Raw):N0} | {Median(turns, turn => turn.Ours):N0} "
                + $"| {Median(turns, turn => turn.Ours / turn.Raw):F2} |"));
        }

        await control.QueueDeleteAsync(Exchange);
        await control.ExchangeDeleteAsync(Exchange);
    }

    private static double Median(List<(double Raw, double Ours)> turns, Func<(double Raw, double Ours), double> of) =>
        turns.Select(of).Order().ElementAt(turns.Count / 2);

    private static async Task DeclareAsync(IChannel channel)
    {
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true);
        await channel.QueueDeclareAsync(Exchange, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-overflow"] = "reject-publish",
            ["x-delivery-limit"] = 1_000_000,
            ["x-dead-letter-exchange"] = string.Empty,
            ["x-dead-letter-routing-key"] = "bench-dead",
            ["x-dead-letter-strategy"] = "at-least-once",
        });
        await channel.QueueBindAsync(Exchange, Exchange, "#");
    }

    private static async Task AppendAsync(IEventTransport events, int batch) => await events.AppendAsync(
        [.. Enumerable.Range(0, batch).Select(_ => new OutgoingEvent(
            "orders",
            new EventEnvelope(Guid.CreateVersion7(), "/services/orders", "orders.placed.v1") { Data = new byte[Bytes] }))],
        CancellationToken.None);
}
