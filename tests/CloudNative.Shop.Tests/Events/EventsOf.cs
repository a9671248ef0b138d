using CloudNative.Eventing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Shop.Tests.Events;

/// <summary>Publishes to a service as its neighbours would, and waits for what it does.</summary>
internal static class EventsOf
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Gives a service a data directory and an event log of its own.</summary>
    public static void UseOwnData(this IWebHostBuilder builder, string directory)
    {
        builder.UseSetting("CLOUDNATIVE_DATA_DIRECTORY", directory);
        builder.UseSetting("CloudNative:Embedded:DataDirectory", Path.Combine(directory, "app"));
    }

    public static async Task PublishAsync<T>(this IServiceProvider services, T data) =>
        await services.GetRequiredService<IEventPublisher>().PublishAsync(data, null, TestContext.Current.CancellationToken);

    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Predicate<T> expected)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var seen = await look();
            if (expected(seen))
            {
                return seen;
            }

            Assert.False(limit.IsCancellationRequested, $"waited {Limit}, and still it is {seen}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
