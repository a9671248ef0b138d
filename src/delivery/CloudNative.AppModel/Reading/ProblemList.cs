using CloudNative.AppModel.Yaml;

namespace CloudNative.AppModel.Reading;

/// <summary>Gathers problems, so that a user sees all of them at once.</summary>
internal sealed class ProblemList(string file)
{
    private readonly List<AppModelProblem> _problems = [];

    public string File { get; } = file;

    public bool IsEmpty => _problems.Count == 0;

    public void Add(string id, Position at, string message, string allowed, string cure) =>
        _problems.Add(new AppModelProblem(id, File, at.Line, at.Column, message, allowed, cure));

    public IReadOnlyList<AppModelProblem> Sorted() =>
        [.. _problems.Distinct().OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];
}
