namespace CloudNative.Sdk.LoadShedding;

/// <summary>A request of the web server that waits.</summary>
internal sealed class WaitingRequest(Admission admission, RequestPriority priority, long due) : Waiter(priority, due)
{
    private readonly TaskCompletionSource<bool> _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits until it is decided.</summary>
    /// <param name="cancellationToken">Ends the wait: the caller has given up.</param>
    /// <returns>Whether it is admitted and has a place.</returns>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        admission.Wait(this);
        if (_decided.Task.IsCompleted)
        {
            return await _decided.Task.ConfigureAwait(false);
        }

        // What was decided just then stands: a place that was given must be given back.
        var registration = cancellationToken.UnsafeRegister(
            static (waiter, token) => ((WaitingRequest)waiter!).Withdraw(token), this);
        await using (registration.ConfigureAwait(false))
        {
            return await _decided.Task.ConfigureAwait(false);
        }
    }

    public override void Decide(bool isAdmitted) => _decided.TrySetResult(isAdmitted);

    private void Withdraw(CancellationToken cancellationToken)
    {
        if (admission.Withdraw(this))
        {
            _decided.TrySetCanceled(cancellationToken);
        }
    }
}
