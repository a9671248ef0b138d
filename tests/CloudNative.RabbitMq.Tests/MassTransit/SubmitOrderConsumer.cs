using MassTransit;

namespace CloudNative.RabbitMq.Tests.MassTransit;

/// <summary>Takes commands; its endpoint is <c>submit-order</c>.</summary>
internal sealed class SubmitOrderConsumer(Recorder recorder) : IConsumer<SubmitOrder>
{
    public Task Consume(ConsumeContext<SubmitOrder> context)
    {
        recorder.Add(new Arrival(context.Message.Order, $"{context.MessageId}"));
        return Task.CompletedTask;
    }
}
