using CloudNative.Eventing;

namespace CloudNative.Testing.Agent.Storm;

/// <summary>Handles events with effects in a database, now and then slowly, now and then failing.</summary>
internal static class StormHandler
{
    public static async ValueTask HandleAsync(
        Numbered numbered, EventContext context, string effects, CancellationToken cancellationToken)
    {
        var fate = Random.Shared.Next(100);
        if (fate < 10)
        {
            await Task.Delay(Random.Shared.Next(1, 40), cancellationToken);
        }

        if (fate is > 10 and < 14)
        {
            throw new InvalidOperationException("by chance");
        }

        try
        {
            await EffectStore.ApplyAsync(effects, context, numbered.Key, numbered.Number, cancellationToken);
        }
        catch (Exception exception)
        {
            AgentHost.Say($"failed {exception.GetType().Name} {exception.Message.ReplaceLineEndings(" ")}");
            throw;
        }
    }
}
