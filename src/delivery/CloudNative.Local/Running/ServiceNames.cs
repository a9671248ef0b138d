using CloudNative.AppModel;

namespace CloudNative.Local.Running;

/// <summary>Checks the services that the options name against the app's file.</summary>
internal static class ServiceNames
{
    public static void Check(AppDefinition app, LocalAppOptions options)
    {
        var names = app.Services.Select(service => service.Name).ToList();
        var logs = options.Logs.Where(name => !string.Equals(name, "all", StringComparison.OrdinalIgnoreCase));
        var problems = Unknown("--without", options.Without, names)
            .Concat(Unknown("--logs", logs, names))
            .ToList();
        if (problems.Count == 0 && names.All(options.Without.Contains))
        {
            problems.Add($"{ErrorIds.CommandLine} --without names every service, so nothing is left to run.");
        }

        if (problems.Count > 0)
        {
            throw new LocalAppException(LocalAppExitCodes.InvalidInput, string.Join(Environment.NewLine, problems));
        }
    }

    private static IEnumerable<string> Unknown(string option, IEnumerable<string> given, IReadOnlyList<string> names) =>
        given.Where(name => !names.Contains(name))
            .Select(name => $"{ErrorIds.CommandLine} {option} names '{name}', which is no service of this app. "
                + $"Services: {string.Join(", ", names)}.");
}
