using CloudNative.Consul.Http;
using CloudNative.Consul.Telemetry;
using CloudNative.Discovery;
using Microsoft.Extensions.Logging;

namespace CloudNative.Consul.Registry;

/// <summary>
/// An instance that this process announced, and the heartbeat that keeps it so: it says what readiness last said, and registers again
/// when the agent does not know the instance any more.
/// </summary>
internal sealed partial class ConsulRegistration(
    ServiceInstance instance, ConsulSlot slot, AgentDesk desk, TimeProvider time, ConsulMetrics metrics, ILogger logger)
    : IServiceRegistration
{
    // Watches are told at once; this is for those who ask every so often, and for answers on their way.
    private static readonly TimeSpan Propagation = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _beating = Task.CompletedTask;
    private bool _ready = true;
    private bool _isFailing;
    private int _disposed;

    public ServiceInstance Instance => instance;

    public TimeSpan PropagationDelay => Propagation;

    public async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        await slot.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await desk.RegisterAsync(instance, ready: true, cancellationToken).ConfigureAwait(false);
            slot.Current = this;
        }
        catch (Exception exception)
        {
            await TakeBackAsync(exception).ConfigureAwait(false);
            if (exception is ConsulException)
            {
                throw new ServiceRegistryException(exception.Message, exception);
            }

            throw;
        }
        finally
        {
            slot.Turn.Release();
        }

        // A heartbeat outlives the request or start that registered; it must not carry that context.
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _beating = BeatAsync(_stop.Token);
    }

    public async ValueTask SetReadyAsync(bool ready, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed == 1, this);
        await slot.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _ready = ready;
            if (slot.Current == this)
            {
                await TellAsync(isPaced: false, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ConsulException exception)
        {
            throw new ServiceRegistryException(exception.Message, exception);
        }
        finally
        {
            slot.Turn.Release();
        }
    }

    /// <summary>Ends the heartbeat without waiting for what is under way.</summary>
    public void Abandon()
    {
        if (Volatile.Read(ref _disposed) == 0)
        {
            _stop.Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _beating.ConfigureAwait(false); // Nothing is under way to the agent from here on.
        await slot.Turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (slot.Current == this)
            {
                slot.Current = null;
                await WithdrawAsync().ConfigureAwait(false);
                await desk.DeregisterAsync(instance, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (ConsulException exception)
        {
            throw new ServiceRegistryException(exception.Message, exception);
        }
        finally
        {
            slot.Turn.Release();
            _stop.Dispose();
        }
    }

    // The agent may have taken what nobody waited for: such an instance would be called until its check lapses.
    private async Task TakeBackAsync(Exception failure)
    {
        if (failure is not OperationCanceledException || slot.Current is not null)
        {
            return;
        }

        try
        {
            await desk.DeregisterAsync(instance, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ConsulException exception)
        {
            LogNotTakenBack(logger, instance.Service, instance.Id, exception.Message);
        }
    }

    // Said first: an instance that says of itself that it takes no calls is believed at once, while one that is not listed any more
    // may have been forgotten.
    private async Task WithdrawAsync()
    {
        if (!_ready)
        {
            return;
        }

        try
        {
            _ready = false;
            await desk.TellAsync(instance, ready: false, isPaced: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ConsulException exception) when (exception.Status is not null)
        {
            // The agent answers, so it can be asked to forget the instance. One that does not answer need not be asked twice.
        }
    }

    private async Task BeatAsync(CancellationToken stopping)
    {
        var isCurrent = true;
        while (isCurrent)
        {
            try
            {
                var pause = _isFailing ? desk.PauseAfterFailure : desk.Pause * (0.9 + (Random.Shared.NextDouble() * 0.1));
                await Task.Delay(pause, time, stopping).ConfigureAwait(false);
                await slot.Turn.WaitAsync(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                isCurrent = slot.Current == this;
                if (isCurrent)
                {
                    await BeatOnceAsync().ConfigureAwait(false);
                }
            }
            finally
            {
                slot.Turn.Release();
            }
        }
    }

    // Not cancelled once it is under way: a registration that the agent takes late would outlive the deregistration.
    private async Task BeatOnceAsync()
    {
        try
        {
            await TellAsync(isPaced: true, CancellationToken.None).ConfigureAwait(false);
            if (_isFailing)
            {
                _isFailing = false;
                LogBack(logger, instance.Service, instance.Id);
            }
        }
        catch (Exception exception) when (exception is ConsulException or ObjectDisposedException)
        {
            if (!_isFailing && !_stop.IsCancellationRequested)
            {
                _isFailing = true;
                LogFailing(logger, instance.Service, instance.Id, exception.Message);
            }
        }
    }

    private async Task TellAsync(bool isPaced, CancellationToken cancellationToken)
    {
        if (!await desk.TellAsync(instance, _ready, isPaced, cancellationToken).ConfigureAwait(false))
        {
            await desk.RegisterAsync(instance, _ready, cancellationToken).ConfigureAwait(false);
            metrics.Reregistered();
            LogRegisteredAgain(logger, instance.Service, instance.Id);
        }
    }
}
