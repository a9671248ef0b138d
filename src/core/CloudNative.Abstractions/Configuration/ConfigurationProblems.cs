using Microsoft.Extensions.Options;

namespace CloudNative.Configuration;

/// <summary>
/// Gathers problems, so that a user sees all of them at once. Not thread-safe; made for one validation.
/// </summary>
public sealed class ConfigurationProblems
{
    private readonly List<ConfigurationProblem> _problems = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<ConfigurationProblem> Items => _problems;

    /// <summary>Adds one problem. The parameters are those of <see cref="ConfigurationProblem"/>.</summary>
    /// <param name="id">Stable id.</param>
    /// <param name="key">Configuration key.</param>
    /// <param name="value">Value seen.</param>
    /// <param name="allowed">What is allowed.</param>
    /// <param name="cure">What to do.</param>
    public void Add(string id, string key, string? value, string allowed, string cure) =>
        _problems.Add(new ConfigurationProblem(id, key, value, allowed, cure));

    /// <summary>Adds one problem.</summary>
    /// <param name="problem">The problem.</param>
    public void Add(ConfigurationProblem problem) => _problems.Add(problem);

    /// <summary>Adds a problem unless <paramref name="value"/> lies between the limits, both included.</summary>
    /// <param name="id">Stable id.</param>
    /// <param name="key">Configuration key.</param>
    /// <param name="value">Value seen.</param>
    /// <param name="minimum">Smallest allowed.</param>
    /// <param name="maximum">Largest allowed.</param>
    /// <param name="unit">Unit to name in the text, with a leading space; empty for none.</param>
    /// <typeparam name="T">A number or a <see cref="TimeSpan"/>.</typeparam>
    public void RequireRange<T>(string id, string key, T value, T minimum, T maximum, string unit = "")
        where T : IComparable<T>
    {
        if (value.CompareTo(minimum) < 0 || value.CompareTo(maximum) > 0)
        {
            var cure = $"Set {key} within these limits, or remove it for the default.";
            Add(id, key, $"{value}", $"{minimum} to {maximum}{unit}", cure);
        }
    }

    /// <summary>
    /// The result for an options validator: success when nothing was found, else one failure line a problem.
    /// </summary>
    /// <returns>The result.</returns>
    public ValidateOptionsResult ToResult() =>
        _problems.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(_problems.Select(problem => problem.ToString()));
}
