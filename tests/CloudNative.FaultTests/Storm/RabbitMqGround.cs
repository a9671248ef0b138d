using CloudNative.TestSupport.RabbitMq;

namespace CloudNative.FaultTests.Storm;

/// <summary>A broker that is killed and started again, or whose administrator closes all connections.</summary>
internal sealed class RabbitMqGround(RabbitMqServer server, string vhost) : IStormGround
{
    private const string Crashes = "broker crashes";

    public string Provider => "rabbitmq";

    public string Place { get; } = server.Address(vhost).ToString();

    public bool IsStruckEnough(StormTally tally) => tally.Strikes.GetValueOrDefault(Crashes) > 0;

    public async Task StrikeAsync(Random random, StormTally tally)
    {
        if (random.Next(2) == 0)
        {
            tally.CountStrike("times all connections closed");
            await server.CloseConnectionsAsync(vhost);
            return;
        }

        tally.CountStrike(Crashes);
        await server.KillAsync();
        await Task.Delay(random.Next(0, 2_000));
        await server.StartAsync();
    }
}
