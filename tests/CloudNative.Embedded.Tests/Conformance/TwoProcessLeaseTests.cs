using CloudNative.Embedded.Tests.Support;
using CloudNative.Leases;
using CloudNative.Testing;
using CloudNative.Testing.Agent.Client;
using CloudNative.Testing.Conformance;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Embedded.Tests.Conformance;

/// <summary>The first holder is another process, with a virtual clock that this one moves.</summary>
public sealed class TwoProcessLeaseTests : LeaseProviderConformance
{
    protected override async ValueTask<LeaseSubject> CreateAsync()
    {
        var directory = new TemporaryDirectory();
        return new Processes(directory, await AgentProcess.StartAsync(directory.Path, virtualTime: true));
    }

    private sealed class Processes : LeaseSubject
    {
        private readonly FakeTimeProvider _clock = new();
        private readonly TemporaryDirectory _directory;
        private readonly AgentProcess _agent;
        private readonly EmbeddedHost _here;
        private TimeSpan _behind;

        public Processes(TemporaryDirectory directory, AgentProcess agent)
        {
            _directory = directory;
            _agent = agent;
            _here = new EmbeddedHost(directory.Path, _clock);
        }

        public override ILeaseProvider First => _agent.Leases;

        public override ILeaseProvider Second => _here.Leases;

        public override async Task AdvanceAsync(TimeSpan time)
        {
            await _agent.AdvanceAsync(time, TestContext.Current.CancellationToken);
            await _here.AdvanceAsync(_clock, time);
        }

        public override Task AdvanceSecondAloneAsync(TimeSpan time)
        {
            _behind += time;
            return _here.AdvanceAsync(_clock, time);
        }

        public override async Task ResumeFirstAsync()
        {
            await _agent.AdvanceAsync(_behind, TestContext.Current.CancellationToken);
            _behind = TimeSpan.Zero;
        }

        public override async ValueTask DisposeAsync()
        {
            await _agent.DisposeAsync();
            await _here.DisposeAsync();
            _directory.Dispose();
        }
    }
}
