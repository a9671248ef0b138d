using Microsoft.Extensions.Logging;

namespace CloudNative.Http.Settings;

internal sealed partial class ClientSettingsCatalog
{
    [LoggerMessage(
        1,
        LogLevel.Error,
        "The reloaded settings of client '{Client}' are not valid, the last good ones stay in force: {Reason}")]
    private partial void LogReloadRefused(string client, string reason);
}
