using CloudNative.Local;
using CloudNative.Local.Building;
using CloudNative.Local.Output;
using CloudNative.Local.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds the local engine to a host.</summary>
public static class CloudNativeLocalHostApplicationBuilderExtensions
{
    // What the host needs besides the processes' own time to stop.
    private static readonly TimeSpan ShutdownMargin = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Runs an app's services as processes for as long as the host runs; <see cref="ILocalApp"/> watches and steers
    /// it. Options come
    /// from the section <c>CloudNative:Local</c>. Calling it twice equals once. <see cref="LocalApp.RunAsync"/> adds
    /// command line and signals.
    /// </summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="configure">Sets options after the configuration.</param>
    /// <returns>The same builder.</returns>
    public static IHostApplicationBuilder AddLocalApp(
        this IHostApplicationBuilder builder, Action<LocalAppOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (!services.Any(service => service.ServiceType == typeof(LocalAppEngine)))
        {
            AddEngine(services);
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }

        return builder;
    }

    private static void AddEngine(IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<LocalAppOptions>().BindConfiguration(LocalAppOptions.SectionName);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LocalAppOptions>, LocalAppOptionsValidator>());
        services.TryAddSingleton(_ => AppConsole.Create(Console.Out, isTerminal: !Console.IsOutputRedirected));
        services.TryAddSingleton<IProgramSource>(provider =>
        {
            var local = provider.GetRequiredService<IOptions<LocalAppOptions>>().Value;
            return new DotnetBuild(local.Build, local.Configuration, provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<LocalAppEngine>();
        services.AddSingleton<ILocalApp>(provider => provider.GetRequiredService<LocalAppEngine>());
        services.AddHostedService(provider => provider.GetRequiredService<LocalAppEngine>());
        services.AddOptions<HostOptions>().Configure<IOptions<LocalAppOptions>>((host, local) =>
            host.ShutdownTimeout = Longer(host.ShutdownTimeout, local.Value.StopTimeout + ShutdownMargin));
    }

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
