using System.Collections.Concurrent;
using CloudNative.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Sdk.Tests.Mapping;

public sealed class MappingReminderTests
{
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task StartAsync_RegisteredService_IsRemindedOnceWhenItForgot(bool maps, int expected)
    {
        var log = new Recorder();
        var builder = WebAppUnderTest.CreateBuilder(("CloudNative:Discovery:Provider", "fake"));
        builder.Logging.AddProvider(log);
        builder.Services.AddProviderOffer(new ProviderOffer("fake", CloudNativeFeatures.Discovery, ProviderRank.Primary));
        AddCompanyDefaults(builder);
        await using var app = builder.Build();
        if (maps)
        {
            app.MapCloudNative();
        }

        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected, log.Lines.Count(line => line.Contains("app.MapCloudNative()", StringComparison.Ordinal)));
    }

    // A company's package sees any host; the web parts have to be there nevertheless.
    private static void AddCompanyDefaults(IHostApplicationBuilder builder) => builder.AddCloudNative();

    private sealed class Recorder : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
