using System.Globalization;
using CloudNative.Leases;

namespace CloudNative.Testing.Agent.Client;

internal sealed class AgentLeases(AgentProcess agent) : ILeaseProvider
{
    public async ValueTask<ILease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        var call = agent.NextCall();
        var answer = await (await agent.SendAsync(call, $"acquire {(long)duration.TotalMilliseconds} {name}", cancellationToken));
        return answer == "none" ? null : new Lease(agent, call, name, long.Parse(answer, CultureInfo.InvariantCulture));
    }

    private sealed class Lease : ILease
    {
        private readonly AgentProcess _agent;
        private readonly string _handle;
        private readonly CancellationTokenSource _lost = new();

        public Lease(AgentProcess agent, string handle, string name, long token)
        {
            _agent = agent;
            _handle = handle;
            Name = name;
            FencingToken = token;
            _ = ListenAsync();
        }

        public string Name { get; }

        public long FencingToken { get; }

        public CancellationToken Lost => _lost.Token;

        public async ValueTask DisposeAsync()
        {
            if (!_agent.Process.HasExited)
            {
                await _agent.CallAsync($"release {_handle}", CancellationToken.None);
            }
        }

        private async Task ListenAsync()
        {
            await foreach (var line in _agent.Stream(_handle).ReadAllAsync())
            {
                if (line == "lost")
                {
                    await _lost.CancelAsync();
                }
            }
        }
    }
}
