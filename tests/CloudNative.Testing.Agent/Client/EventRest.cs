using CloudNative.Eventing;

namespace CloudNative.Testing.Agent.Client;

/// <summary>
/// Lets a log do what it has set off: its writer and its reader work in order, so that what has passed through both a few times has been
/// followed by all that it caused.
/// </summary>
public static class EventRest
{
    private const int Rounds = 4;

    public static async Task LetAsync(IEventTransport transport, CancellationToken cancellationToken)
    {
        var letters = (IDeadLetterStore)transport;
        for (var round = 0; round < Rounds; round++)
        {
            await letters.DiscardAsync([], cancellationToken);
            await letters.FindAsync(0, cancellationToken);
        }
    }
}
