using CloudNative.Local.CommandLine;
using CloudNative.Local.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudNative.Local;

/// <summary>The whole program that runs an app on this machine: command line, host, signals, exit code.</summary>
public static class LocalApp
{
    /// <summary>
    /// Runs the app that <c>cloudnative.yaml</c> describes until Ctrl-C. A program that starts an app is one line:
    /// <c>return await LocalApp.RunAsync(args);</c>.
    /// </summary>
    /// <param name="args">The command line; <c>--help</c> lists what is understood.</param>
    /// <param name="configure">Adds switches of the program's own.</param>
    /// <returns>
    /// One of <see cref="LocalAppExitCodes"/>, or what <see cref="ILocalApp.RequestStop"/> was given.
    /// </returns>
    public static async Task<int> RunAsync(string[] args, Action<LocalAppBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(args);
        var app = new LocalAppBuilder();
        configure?.Invoke(app);
        var line = CommandLineParser.Parse(args, app.Switches);
        if (line.Problems.Count > 0)
        {
            string[] problems = [.. line.Problems, "--help lists the options."];
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, problems)).ConfigureAwait(false);
            return LocalAppExitCodes.InvalidInput;
        }

        if (line.WantsHelp)
        {
            await Console.Out.WriteLineAsync(HelpText.Create(app.Switches)).ConfigureAwait(false);
            return LocalAppExitCodes.Success;
        }

        using var host = Build(line);
        return await RunHostAsync(host).ConfigureAwait(false);
    }

    private static IHost Build(ParsedCommandLine line)
    {
        var builder = Host.CreateApplicationBuilder();

        // The engine says itself what the host would.
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.AddLocalApp(line.Apply);
        foreach (var chosen in line.Switches)
        {
            chosen.Configure(builder);
        }

        return builder.Build();
    }

    private static async Task<int> RunHostAsync(IHost host)
    {
        // Asked for before the run, because the host disposes its services at the end.
        var engine = host.Services.GetRequiredService<LocalAppEngine>();
        var drivers = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        using var signals = new StopSignals(engine);
        try
        {
            await host.RunAsync().ConfigureAwait(false);
        }
        catch (OptionsValidationException e)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, e.Failures)).ConfigureAwait(false);
            return LocalAppExitCodes.InvalidInput;
        }

        var driverFailed = drivers.Any(driver => driver.ExecuteTask is { IsFaulted: true });
        return driverFailed && engine.ExitCode == LocalAppExitCodes.Success ? LocalAppExitCodes.Failed : engine.ExitCode;
    }
}
