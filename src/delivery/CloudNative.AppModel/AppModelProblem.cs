namespace CloudNative.AppModel;

/// <summary>One thing that is wrong with an app's file, said so that the reader can put it right.</summary>
/// <param name="Id">Stable id, <c>CN80</c> and two digits; <c>docs/errors/&lt;id&gt;.md</c> explains it.</param>
/// <param name="File">Path of the file.</param>
/// <param name="Line">Line, from 1; 0 when it is about the file as a whole.</param>
/// <param name="Column">Column, from 1; 0 when it is about the file as a whole.</param>
/// <param name="Message">What is wrong, with the value seen.</param>
/// <param name="Allowed">What is allowed.</param>
/// <param name="Cure">What to do.</param>
public sealed record AppModelProblem(
    string Id, string File, int Line, int Column, string Message, string Allowed, string Cure)
{
    /// <summary>
    /// One line in the form that editors and build tools make clickable: <c>file(line,column): error id: text</c>.
    /// </summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        Line > 0
            ? $"{File}({Line},{Column}): error {Id}: {Message} Allowed: {Allowed}. {Cure}"
            : $"{File}: error {Id}: {Message} Allowed: {Allowed}. {Cure}";
}
