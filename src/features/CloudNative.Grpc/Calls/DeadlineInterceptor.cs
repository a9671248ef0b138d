using CloudNative.Deadlines;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CloudNative.Grpc.Calls;

/// <summary>
/// Gives a call the deadline of the work it belongs to, unless its own is sooner. The library then ends streams in its own way, too, which
/// nobody below it could.
/// </summary>
internal sealed class DeadlineInterceptor(DeadlineContext deadlines, TimeProvider time) : Interceptor
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        BlockingUnaryCallContinuation<TRequest, TResponse> continuation) => continuation(request, Within(context));

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation) => continuation(request, Within(context));

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) => continuation(request, Within(context));

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation) => continuation(Within(context));

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) => continuation(Within(context));

    private ClientInterceptorContext<TRequest, TResponse> Within<TRequest, TResponse>(
        in ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        if (deadlines.Current is not { } work)
        {
            return context;
        }

        var until = time.GetUtcNow().UtcDateTime + work.TimeLeft;
        return context.Options.Deadline is { } own && own.ToUniversalTime() <= until
            ? context
            : new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, context.Options.WithDeadline(until));
    }
}
