using System.Diagnostics.CodeAnalysis;
using CloudNative.Shared.EventLog;

namespace CloudNative.PostgreSql.Databases;

/// <summary>What failed at the database, in words that a user can act on.</summary>
/// <param name="id">One of the error ids.</param>
/// <param name="message">Cause and cure, without the id.</param>
/// <param name="innerException">The cause.</param>
[SuppressMessage("Design", "CA1064", Justification = "Never leaves the package; the contracts have exceptions of their own.")]
internal sealed class PostgreSqlStoreException(string id, string message, Exception? innerException = null)
    : LogFailure($"{id} {message}", innerException)
{
    public string Id { get; } = id;
}
