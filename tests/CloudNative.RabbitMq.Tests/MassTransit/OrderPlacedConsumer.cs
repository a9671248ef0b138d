using MassTransit;

namespace CloudNative.RabbitMq.Tests.MassTransit;

/// <summary>Takes the message itself.</summary>
internal sealed class OrderPlacedConsumer(Recorder recorder) : IConsumer<OrderPlaced>
{
    public Task Consume(ConsumeContext<OrderPlaced> context)
    {
        recorder.Add(new Arrival(
            context.Message.Order,
            $"{context.MessageId}",
            context.Message.Total,
            context.Headers.Get<string>("MT-Activity-Id"),
            $"{context.CorrelationId}",
            context.Headers.Get<string>("tenant")));
        return Task.CompletedTask;
    }
}
