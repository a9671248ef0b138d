namespace CloudNative.Comparison.Notice;

/// <summary>Its mood changes, and it sees for itself who still calls.</summary>
internal sealed class MoodyVictim(MoodyServer server, Mood mood) : Victim
{
    public override Task HurtAsync()
    {
        Hurt = TimeProvider.System.GetTimestamp();
        server.Become(mood);
        return Task.CompletedTask;
    }

    public override Task HealAsync()
    {
        Healed = TimeProvider.System.GetTimestamp();
        server.Become(Mood.Well);
        return Task.CompletedTask;
    }

    public override IEnumerable<long> Wasted(int port) => server.Arrivals(port, Hurt).Where(at => at < Healed);

    public override long? Back(int port) => server.Arrivals(port, Healed).Cast<long?>().FirstOrDefault();

    public override ValueTask DisposeAsync() => server.DisposeAsync();
}
