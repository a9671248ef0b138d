using CloudNative.Sdk.Deadlines;
using Microsoft.AspNetCore.Http;

namespace CloudNative.Sdk.LoadShedding;

/// <summary>
/// The place of one request among those that are served at the same time. It has it from the moment at which its endpoint is known
/// until its answer begins: what comes then is the pace of its reader.
/// </summary>
internal sealed class RequestSlot(Admission admission, TimeProvider clock, HttpContext context)
{
    private const int New = 0;
    private const int Held = 1;
    private const int Over = 2;

    private long _begun;
    private int _state;

    public Admission Admission => admission;

    /// <summary>Whether it was not decided yet; a request that is routed a second time keeps its place.</summary>
    public bool IsNew => Volatile.Read(ref _state) == New;

    /// <summary>The request was admitted, or is none of those that are limited.</summary>
    public void Take()
    {
        _begun = clock.GetTimestamp();
        Volatile.Write(ref _state, Held);
        context.Response.OnStarting(
            static state =>
            {
                ((RequestSlot)state).Leave();
                return Task.CompletedTask;
            },
            this);
    }

    /// <summary>It is served without a place, or not at all.</summary>
    public void Pass() => Volatile.Write(ref _state, Over);

    /// <summary>The answer begins, or the request ends.</summary>
    public void Leave()
    {
        if (Interlocked.CompareExchange(ref _state, Over, Held) == Held)
        {
            // A failure is quick, and what was cancelled was not done; neither says how long a request takes.
            admission.Leave(
                _begun,
                context.Response.StatusCode < StatusCodes.Status500InternalServerError
                && !context.RequestAborted.IsCancellationRequested
                && !EndlessAnswer.Is(context));
        }
    }

    /// <summary>It failed.</summary>
    public void Fail()
    {
        if (Interlocked.CompareExchange(ref _state, Over, Held) == Held)
        {
            admission.Leave(_begun, isTelling: false);
        }
    }
}
