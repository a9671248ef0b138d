using CloudNative.Eventing;

namespace CloudNative.Testing.Agent.Storm;

/// <summary>Handles events with effects in a database, now and then slowly, now and then failing.</summary>
internal sealed class StormSink(string effects) : IDeliverySink
{
    public void Deliver(EventDelivery delivery) => _ = Task.Run(() => HandleAsync(delivery));

    public void StateChanged(SubscriptionState state, string? reason) => StormWorker.Say($"state {state} {reason}");

    private async Task HandleAsync(EventDelivery delivery)
    {
        try
        {
            var fate = Random.Shared.Next(100);
            if (fate < 10)
            {
                await Task.Delay(Random.Shared.Next(1, 40));
            }

            if (fate is > 10 and < 14)
            {
                var failure = new DeliveryFailure(DeadLetterReason.HandlerFailed, "by chance", DateTimeOffset.UtcNow, delivery.Attempt);
                await delivery.SettleAsync(
                    Settlement.Retry(TimeSpan.FromMilliseconds(Random.Shared.Next(50)), failure), CancellationToken.None);
                return;
            }

            EffectStore.Apply(effects, delivery);
            await delivery.SettleAsync(Settlement.Complete(), CancellationToken.None);
        }
        catch (Exception exception)
        {
            StormWorker.Say($"failed {exception.GetType().Name} {exception.Message.ReplaceLineEndings(" ")}");
            await ReleaseAsync(delivery);
        }
    }

    private static async Task ReleaseAsync(EventDelivery delivery)
    {
        try
        {
            await delivery.SettleAsync(Settlement.Release(), CancellationToken.None);
        }
        catch (Exception exception) when (exception is InvalidOperationException or EventTransportException)
        {
            StormWorker.Say($"unreleased {exception.Message.ReplaceLineEndings(" ")}");
        }
    }
}
