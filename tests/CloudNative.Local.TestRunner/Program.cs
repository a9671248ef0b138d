return await CloudNative.Local.LocalApp.RunAsync(args);
