using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace CloudNative.Http.Calls;

/// <summary>
/// The calls under way in one chain, found by their request. The outer handler leaves a call here for the inner one: a
/// request's own options would cost a dictionary each, and an ambient value would not reach through handlers that
/// change threads. Allocates nothing.
/// </summary>
internal sealed class ActiveCalls
{
    private const int Stripes = 16;

    private readonly Stripe[] _stripes = new Stripe[Stripes];

    public ActiveCalls()
    {
        for (var index = 0; index < Stripes; index++)
        {
            _stripes[index] = new Stripe();
        }
    }

    public void Add(HttpRequestMessage request, ServiceCall call)
    {
        var stripe = StripeOf(request);
        lock (stripe)
        {
            call.Next = stripe.First;
            stripe.First = call;
        }
    }

    public bool TryGet(HttpRequestMessage request, [NotNullWhen(true)] out ServiceCall? call)
    {
        var stripe = StripeOf(request);
        lock (stripe)
        {
            for (call = stripe.First; call is not null; call = call.Next)
            {
                if (ReferenceEquals(call.Request, request))
                {
                    return true;
                }
            }

            return false;
        }
    }

    public void Remove(HttpRequestMessage request, ServiceCall call)
    {
        var stripe = StripeOf(request);
        lock (stripe)
        {
            if (ReferenceEquals(stripe.First, call))
            {
                stripe.First = call.Next;
            }
            else
            {
                var before = stripe.First;
                while (!ReferenceEquals(before!.Next, call))
                {
                    before = before.Next;
                }

                before.Next = call.Next;
            }

            call.Next = null;
        }
    }

    private Stripe StripeOf(HttpRequestMessage request) => _stripes[RuntimeHelpers.GetHashCode(request) % Stripes];

    private sealed class Stripe
    {
        public ServiceCall? First;
    }
}
