using CloudNative.Eventing.Generators.Harness;

namespace CloudNative.Eventing.Generators;

public sealed class EventHandlerGeneratorTests
{
    [Theory]
    [InlineData("void (OrderPlaced e) => Log += e.Id;", "1")]
    [InlineData("(OrderPlaced e) => { Log += e.Id; return Task.CompletedTask; }", "1")]
    [InlineData("async (OrderPlaced e) => { await Task.Yield(); Log += e.Id; }", "1")]
    [InlineData("static async ValueTask (OrderPlaced e) => { await Task.Yield(); Log += e.Id; }", "1")]
    [InlineData("(EventContext c, OrderPlaced e) => { Log += c.Attempt; }", "3")]
    [InlineData("(EventEnvelope m, OrderPlaced e) => { Log += m.Id; }", "event 7")]
    [InlineData("(OrderPlaced e, CancellationToken t) => { Log += t.IsCancellationRequested; }", "True")]
    [InlineData("(IServiceProvider p, OrderPlaced e) => { Log += p.GetRequiredService<IRepository>().Name; }", "plain")]
    [InlineData("(IRepository r, OrderPlaced e) => { Log += r.Name; }", "plain")]
    [InlineData(
        "([FromKeyedServices(\"a\")] IRepository a, [FromKeyedServices(2L)] IRepository b, OrderPlaced e) "
        + "=> { Log += a.Name + b.Name; }", "first second")]
    [InlineData("([FromKeyedServices(DayOfWeek.Friday)] IRepository r, OrderPlaced e) => { Log += r.Name; }", "friday")]
    [InlineData("([FromKeyedServices(typeof(int))] IRepository r, OrderPlaced e) => { Log += r.Name; }", "typed")]
    [InlineData("(OrderPlaced e, IRepository? r = null) => { Log += r!.Name; }", "plain")]
    [InlineData("(OrderPlaced e, IComparable? r = null) => { Log += r is null; }", "True")]
    [InlineData(
        "(OrderPlaced e, [FromKeyedServices(\"a\")] IRepository? a = null, "
        + "[FromKeyedServices(\"none\")] IRepository? n = null) => { Log += a!.Name + (n is null); }", "first True")]
    [InlineData(
        "(OrderPlaced e, int a = -3, string b = \"q\\\"uote\", DayOfWeek c = DayOfWeek.Monday, double? d = 1.5, "
        + "char f = '\\'') => { Log += a + b + c + d + f; }", "-3q\"uoteMonday1.5'")]
    [InlineData(
        "(OrderPlaced e, decimal a = 2.5m, ulong b = ulong.MaxValue, float c = 0.5f, double d = double.NaN, "
        + "DateTime f = default) => { Log += (a, b, c, d, f.Year); }", "(2.5, 18446744073709551615, 0.5, NaN, 1)")]
    [InlineData("Handle", "1")]
    [InlineData("Local", "local 1")]
    [InlineData("new Counter(\"c\").Count", "c1")]
    [InlineData("(Action<OrderPlaced>)(e => Log += e.Id)", "1")]
    [InlineData("new Custom(e => Log += e.Id)", "1")]
    [InlineData("Stored", "stored 1")]
    [InlineData("Generic<OrderPlaced>", "OrderPlaced")]
    public async Task Delegate_OfAnyShape_IsCalledWithWhatItAsksFor(string handler, string expected)
    {
        var service = GeneratedService.Compile(Sources.Types, Sources.Program(
            "app.MapEvent(\"orders\", " + handler.TrimEnd(';') + ");\n void Local(OrderPlaced e) => Log += \"local \" + e.Id;",
            """
            static void Handle(OrderPlaced e) => Log += e.Id;
            static Func<OrderPlaced, Task> Stored = e => { Log += "stored " + e.Id; return Task.CompletedTask; };
            static Task Generic<T>(T e) { Log += typeof(T).Name; return Task.CompletedTask; }
            public delegate void Custom(OrderPlaced e);
            sealed class Counter(string name) { public void Count(OrderPlaced e) => Log += name + e.Id; }
            """));
        var mapped = Assert.Single(service.Map());
        Assert.Equal("callback", mapped.Form);
        Assert.Equal("OrderPlaced", mapped.Event!.Name);
        Assert.Equal(expected, (await mapped.HandleAsync(new CancellationToken(canceled: true), 1)).Trim());
    }

    [Fact]
    public async Task Delegate_WhoseEventIsNotFirst_IsFoundByItsAttribute()
    {
        var service = GeneratedService.Compile(
            Sources.Types, Sources.Program("app.MapEvent(\"orders\", (IRepository r, OrderPaid e) => { Log += r.Name + e.Id; });"));
        var mapped = Assert.Single(service.Map());
        Assert.Equal("OrderPaid", mapped.Event!.Name);
        Assert.Equal("plain5", await mapped.HandleAsync(TestContext.Current.CancellationToken, 5));
    }

    [Fact]
    public async Task Delegate_ThatThrows_ThrowsToTheCaller()
    {
        var service = GeneratedService.Compile(
            Sources.Types,
            Sources.Program("app.MapEvent(\"orders\", (OrderPlaced e) => { if (e.Id > 0) throw new TimeoutException(\"late\"); });"));
        await Assert.ThrowsAsync<TimeoutException>(() => service.Map()[0].HandleAsync(TestContext.Current.CancellationToken, 1));
    }

    [Fact]
    public async Task Services_ThatAreMissing_AreNamedWhenTheEventComes()
    {
        var service = GeneratedService.Compile(
            Sources.Types, Sources.Program("app.MapEvent(\"orders\", (OrderPlaced e, IComparable r) => { });"));
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(
            () => service.Map()[0].HandleAsync(TestContext.Current.CancellationToken, 1));
        Assert.Contains("IComparable", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app.MapEvent(\"a\", (OrderPlaced e) => { }); app.MapEvent(\"b\", (OrderPaid e) => { });")]
    [InlineData("app.MapEvent(\"a\", (OrderPlaced e) => { }).WithGroup(\"g\"); app?.MapEvent(\"b\", (OrderPaid e) => { })?.InOrder();")]
    [InlineData(
        "CloudNativeEventHostExtensions.MapEvent(app, \"a\", (OrderPlaced e) => { }); app.MapEvent(handler: (OrderPaid e) "
        + "=> { }, topic: \"b\");")]
    [InlineData(
        "#line 5 \"Elsewhere.cs\"\napp.MapEvent(\"a\", (OrderPlaced e) => { });\n#line hidden\napp.MapEvent(\"b\", "
        + "(OrderPaid e) => { });\n#line default")]
    [InlineData(
        "foreach (var topic in new[] { \"a\" }) app.MapEvent(topic, (OrderPlaced e) => { Action x = () => app.MapEvent(\"c\", "
        + "(OrderPaid p) => { }); }); app.MapEvent(\"b\", (OrderPaid e) => { });")]
    public void Calls_HoweverWritten_AreAllReplaced(string body)
    {
        var mapped = GeneratedService.Compile(Sources.Types, Sources.Program(body)).Map();
        Assert.Equal([("a", "callback", "OrderPlaced"), ("b", "callback", "OrderPaid")],
            mapped.Select(handler => (handler.Topic, handler.Form, handler.Event!.Name)));
    }

    [Fact]
    public void Calls_InSeveralFiles_AreAllReplaced()
    {
        var service = GeneratedService.Compile(
            Sources.Types,
            Sources.Program("app.MapEvent(\"a\", (OrderPlaced e) => { }); More(app);"),
            "partial class Program { static void More(IHost app) => app.MapEvent(\"b\", (OrderPlaced e) => { }); }");
        Assert.Equal(["callback", "callback"], service.Map().Select(handler => handler.Form));
        Assert.Single(service.Generated!.Split("IEventHandlerBuilder MapEvent").Skip(1));
    }

    [Fact]
    public void Class_WithOneTypeOfEvent_IsMappedWithIt()
    {
        var service = GeneratedService.Compile(Sources.Types, Sources.Program(
            "app.MapEvent<Open>(\"a\"); app.MapEvent<Hidden>(\"b\"); Generic<Hidden>(app);",
            """
            private sealed class Hidden : Open;
            private class Open : IEventHandler<OrderPlaced>
            {
                public ValueTask HandleAsync(OrderPlaced data, EventContext context, CancellationToken cancellationToken) => default;
            }
            private static void Generic<T>(IHost app) where T : class, IEventHandler<OrderPlaced> => app.MapEvent<T>("c");
            """));
        Assert.Equal(
            [("a", "typed Open", "OrderPlaced"), ("b", "typed Hidden", "OrderPlaced"), ("c", "typed Hidden", "OrderPlaced")],
            service.Map().Select(handler => (handler.Topic, handler.Form, handler.Event!.Name)));
        Assert.Contains("DynamicallyAccessedMemberTypes)(3))] THandler", service.Generated, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Builder_ThatHandles_IsServedLikeAHost()
    {
        var service = GeneratedService.Compile(Sources.Types, Sources.Program(
            "events.Handle(\"a\", (OrderPlaced e) => { Log += e.Id; }); events.Handle<Class>(\"b\");",
            """
            sealed class Class : IEventHandler<OrderPaid>
            {
                public ValueTask HandleAsync(OrderPaid data, EventContext context, CancellationToken cancellationToken) => default;
            }
            """,
            "IEventsBuilder events"));
        var mapped = service.Map();
        Assert.Equal([("a", "callback"), ("b", "typed Class")], mapped.Select(handler => (handler.Topic, handler.Form)));
        Assert.Equal("4", await mapped[0].HandleAsync(TestContext.Current.CancellationToken, 4));
    }

    /// <summary>What cannot be generated is left as it was written: it still works, by reflection.</summary>
    [Theory]
    [InlineData("app.MapEvent(\"a\", (Secret e) => { });")]
    [InlineData("app.MapEvent(\"a\", (OrderPlaced e, Secret s) => { });")]
    [InlineData("app.MapEvent(\"a\", (OrderPlaced e, List<Secret[]> s) => { });")]
    [InlineData("Generic(app, new OrderPlaced());")]
    [InlineData(
        "app.MapEvent(\"a\", (Delegate)((OrderPlaced e) => { }));\nDelegate d = (OrderPlaced e) => { }; app.MapEvent(\"a\", "
        + "d);", 1)]
    [InlineData("app.MapEvent(\"a\", (OrderPlaced e) => 5);")]
    [InlineData("app.MapEvent(\"a\", (ref OrderPlaced e) => { });")]
    [InlineData("app.MapEvent(\"a\", (EventContext e) => { });")]
    [InlineData("app.MapEvent(\"a\", (OrderPlaced e, OrderPaid f) => { });")]
    public void Calls_ThatCannotBeTyped_AreLeftAlone(string body, int replaced = 0)
    {
        var service = GeneratedService.Compile(Sources.Types, Sources.Program(body, """
            private sealed record Secret;
            static void Generic<T>(IHost app, T data) => app.MapEvent("a", (T e) => { });
            """));
        Assert.Equal(replaced, service.Map().Count(handler => handler.Form == "callback"));
        Assert.Contains(service.Map(), handler => handler.Form == "delegate");
        Assert.Equal(replaced > 0, service.Generated is not null);
    }

    /// <summary>A lambda of the exact shape is typed already, and methods of others that are only named alike are none of ours.</summary>
    [Fact]
    public void Calls_OfOtherMethods_GenerateNothing()
    {
        var service = GeneratedService.Compile(Sources.Types, Sources.Program(
            "app.MapEvent(\"a\", (OrderPlaced e, EventContext c, CancellationToken t) => ValueTask.CompletedTask);"
                + "Other.MapEvent(app, \"b\", (OrderPlaced e) => { });",
            "static class Other { public static void MapEvent(IHost app, string topic, Delegate handler) { } }"));
        Assert.Null(service.Generated);
        Assert.Equal("callback", Assert.Single(service.Map()).Form);
    }

    [Fact]
    public void Project_WithoutEvents_GeneratesNothing() =>
        Assert.Null(GeneratedService.Compile("public static class Program { public static int Handle(int x) => Handle(x); }").Generated);
}
