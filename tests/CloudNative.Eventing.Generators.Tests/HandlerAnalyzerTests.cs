using CloudNative.Eventing.Generators.Harness;

namespace CloudNative.Eventing.Generators;

public sealed class HandlerAnalyzerTests
{
    private const string Members = """
        private sealed record Secret;
        static async void Forget(OrderPlaced e) => await Task.Yield();
        static async Task Wait(OrderPlaced e) => await Task.Yield();
        static void Generic<T>(IHost app) => app.MapEvent("a", (T e) => { });
        sealed class None;
        class One : IEventHandler<OrderPlaced>
        {
            public ValueTask HandleAsync(OrderPlaced data, EventContext context, CancellationToken cancellationToken) => default;
        }
        sealed class Two : One, IEventHandler<OrderPaid>
        {
            public ValueTask HandleAsync(OrderPaid data, EventContext context, CancellationToken cancellationToken) => default;
        }
        """;

    [Theory]
    [InlineData("app.MapEvent(\"a\", (Secret e) => { });", "CN9101 (Secret e) => { }")]
    [InlineData(
        "app.MapEvent(\"a\", (OrderPlaced e, IEnumerable<Secret>? s = null) => { });", "CN9101 (OrderPlaced e, "
        + "IEnumerable<Secret>? s = null) => { }")]
    [InlineData("Delegate d = Wait; app.MapEvent(\"a\", d);", "CN9101 d")]
    [InlineData("app.MapEvent(\"a\", () => { });", "CN9102 () => { }")]
    [InlineData("app.MapEvent(\"a\", (EventContext c) => { });", "CN9102 (EventContext c) => { }")]
    [InlineData("app.MapEvent(\"a\", (OrderPlaced a, OrderPaid b) => { });", "CN9102 (OrderPlaced a, OrderPaid b) => { }")]
    [InlineData("app.MapEvent(\"a\", (in OrderPlaced a) => { });", "CN9102 (in OrderPlaced a) => { }")]
    [InlineData("app.MapEvent(\"a\", (OrderPlaced a) => a.Id);", "CN9102 (OrderPlaced a) => a.Id")]
    [InlineData("app.MapEvent(\"a\", ValueTask<int> (OrderPlaced a) => default);", "CN9102 ValueTask<int> (OrderPlaced a) => default")]
    [InlineData("app.MapEvent<None>(\"a\");", "CN9103 app.MapEvent<None>(\"a\")")]
    [InlineData("app.MapEvent<Two>(\"a\");", "CN9103 app.MapEvent<Two>(\"a\")")]
    [InlineData("app.MapEvent(\"a\", Forget);", "CN9104 Forget")]
    [InlineData(
        "app.MapEvent(\"a\", async void (OrderPlaced e) => await Task.Yield());", "CN9104 async void (OrderPlaced e) "
        + "=> await Task.Yield()")]
    [InlineData(
        "app.MapEvent(\"a\", (Action<OrderPlaced>)(async e => await Task.Yield()));",
        "CN9104 (Action<OrderPlaced>)(async e => await Task.Yield())")]
    [InlineData("async void Local(OrderPlaced e) => await Task.Yield(); app.MapEvent(\"a\", Local);", "CN9104 Local")]
    public async Task Handler_ThatIsWrong_IsFound(string body, string expected) =>
        // The generic one beside it is found in each case.
        Assert.Equal([expected, "CN9101 (T e) => { }"], await Look.FindAsync<HandlerAnalyzer>(body, Members));

    [Theory]
    [InlineData("app.MapEvent(\"a\", Wait);")]
    [InlineData("app.MapEvent(\"a\", (OrderPlaced e) => { });")]
    [InlineData("app.MapEvent(\"a\", (OrderPlaced e) => Task.FromResult(5));")]
    [InlineData("app.MapEvent(\"a\", async (OrderPlaced e, EventContext c, CancellationToken t) => await Task.Yield());")]
    [InlineData("app.MapEvent<One>(\"a\");")]
    [InlineData("app.MapEvent<Two, OrderPaid>(\"a\"); app.MapEvent<Two, OrderPlaced>(\"a\");")]
    [InlineData("Action<OrderPlaced> act = e => { }; app.MapEvent(\"a\", act);")]
    public async Task Handler_ThatIsRight_IsNot(string body) =>
        Assert.Equal(["CN9101 (T e) => { }"], await Look.FindAsync<HandlerAnalyzer>(body, Members));
}
