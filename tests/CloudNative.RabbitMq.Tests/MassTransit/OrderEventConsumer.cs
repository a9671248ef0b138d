using MassTransit;

namespace CloudNative.RabbitMq.Tests.MassTransit;

/// <summary>Takes what the message implements.</summary>
internal sealed class OrderEventConsumer(Recorder recorder) : IConsumer<IOrderEvent>
{
    public Task Consume(ConsumeContext<IOrderEvent> context)
    {
        recorder.Add(new Arrival(context.Message.Order, $"{context.MessageId}"));
        return Task.CompletedTask;
    }
}
