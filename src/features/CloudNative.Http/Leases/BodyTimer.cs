using CloudNative.Http.Calls;
using CloudNative.Http.Deadlines;
using CloudNative.Http.Settings;

namespace CloudNative.Http.Leases;

/// <summary>
/// Cancels the reading of an answer when the call's time is up. Serves one answer at a time, and others later; belongs to that answer's
/// <see cref="LeasedContent"/>.
/// </summary>
internal sealed class BodyTimer(TimeProvider time) : IDisposable
{
    private readonly AttemptTimer _timer = new(time);
    private string _service = "";
    private ClientPipeline? _pipeline;
    private ClientSettings? _settings;
    private CallDeadline _deadline;

    public void Begin(ClientPipeline pipeline, ServiceCall call, long until)
    {
        _service = call.Service.Service;
        _pipeline = pipeline;
        _settings = call.Settings;
        _deadline = call.Deadline;
        _timer.Begin(until, until, null, CancellationToken.None);
    }

    /// <summary>The token to read with: the reader's own, and the deadline.</summary>
    public CancellationToken Follow(CancellationToken reader) => _timer.Follow(reader);

    /// <summary>What the reader gets in place of a cancellation that was not its own.</summary>
    public Exception? Explain(Exception exception)
    {
        if (exception is not OperationCanceledException cancelled || !_timer.HasExpired
            || _pipeline is not { } pipeline || _settings is not { } settings)
        {
            return null;
        }

        pipeline.Services.Metrics.OnDeadlineExceeded(pipeline.Client, _service);
        return DeadlineText.Exceeded(
            $"The answer of '{_service}' did not end {DeadlineText.LimitOf(pipeline.Section, settings, _deadline)}.", cancelled);
    }

    /// <summary>Ends the answer's time.</summary>
    /// <param name="idle">Whether nobody reads, so that another answer may have this next.</param>
    public void End(bool idle)
    {
        var pool = _pipeline!.Services.BodyTimers;
        _timer.End(reuse: idle);
        _pipeline = null;
        _settings = null;
        if (idle)
        {
            pool.Return(this);
        }
        else
        {
            Dispose();
        }
    }

    public void Dispose() => _timer.Dispose();
}
