using System.Collections.Concurrent;
using Grpc.Core;

namespace CloudNative.Grpc.Tests.Labs;

/// <summary>What a parrot does, and what it was asked.</summary>
internal sealed class ParrotScript(string name)
{
    public string Name => name;

    /// <summary>What it does before it answers; by default nothing.</summary>
    public Func<ServerCallContext, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>What it does after its first message of a stream.</summary>
    public Func<ServerCallContext, Task> AfterFirst { get; set; } = _ => Task.CompletedTask;

    public ConcurrentQueue<(string Method, string Text, Metadata Headers, DateTime Deadline)> Calls { get; } = new();

    public void Note(string text, ServerCallContext context) =>
        Calls.Enqueue((context.Method, text, context.RequestHeaders, context.Deadline));

    public static Func<ServerCallContext, Task> Fail(StatusCode status) =>
        _ => throw new RpcException(new Status(status, "on purpose"));
}
