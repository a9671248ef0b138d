using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudNative.Configuration;

/// <summary>
/// Runs the validators that were there before and every <see cref="IConfigurationCheck"/>, then throws once. When
/// nothing of ours failed, the user's own exception passes as it is.
/// </summary>
internal sealed class ServiceStartupValidator(
    [FromKeyedServices(ServiceStartupValidator.Inner)] IEnumerable<IStartupValidator> inner,
    IEnumerable<IOptionsCheck> options,
    IEnumerable<IConfigurationCheck> checks,
    IEnumerable<IHostCommand> commands,
    IHostModeProvider mode) : IStartupValidator
{
    /// <summary>The key under which the validators that were registered before stand.</summary>
    internal const string Inner = "CloudNative.Inner";

    public void Validate()
    {
        RunCommands();
        var failures = new StartupFailures();
        foreach (var validator in inner)
        {
            failures.Run(validator.Validate);
        }

        if (mode.Mode == HostMode.DesignTime)
        {
            // A tool looks at the host: what the service would complain about stays unsaid, the user's own checks speak
            // as ever.
            failures.ThrowForeign();
            return;
        }

        foreach (var check in options)
        {
            failures.Run(check.Validate);
        }

        var problems = new ConfigurationProblems();
        foreach (var check in checks)
        {
            check.Check(problems);
        }

        failures.Add(problems);
        failures.Throw();
    }

    private void RunCommands()
    {
        if (mode.Mode == HostMode.Service && commands.Any(command => command.TryRun()))
        {
            // The host knows no way to end well before it has started: whoever is thrown at in Main ends with an error.
            Environment.Exit(0);
        }
    }
}
